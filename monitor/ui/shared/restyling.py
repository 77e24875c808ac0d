"""Lets the style sheet look again at a widget whose properties have changed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def restyle(widget: QWidget) -> None:
    """Apply what the style sheet says of the widget's properties as they are now.

    Qt reads them only once by itself.
    """
    widget.style().unpolish(widget)
    widget.style().polish(widget)
