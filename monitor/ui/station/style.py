"""What the station adds to the theme's style sheet; `Theme.fill` puts colours and sizes in."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from monitor.ui.shared.text_size import set_text_scale
from monitor.ui.shared.theme import Theme

STATION = """
QWidget[bar="header"] { background: @paper; border-bottom: @px(line) solid @line; }
QLabel[role="brand"] { font-size: @text(15); font-weight: 700; }
QPushButton[kind="tab"] {
    background: transparent; border: none; border-radius: 0; color: @muted;
    border-bottom: @px(2) solid transparent; padding: 0 @px(9); font-size: @text(14);
}
QPushButton[kind="tab"]:hover { color: @ink; }
QPushButton[kind="tab"]:checked {
    color: @accent; border-bottom: @px(2) solid @accent; font-weight: 600;
    background: transparent;
}
QPushButton[kind="tab"]:focus {
    border: @px(2) solid @focus; padding: 0 @px(7); border-radius: @px(4);
}
QLabel[role="kept"] { color: @muted; }

QWidget[pane="list"] { background: @paper; border-right: @px(line) solid @line; }
QListView { border: none; border-top: @px(line) solid @line; }
QDialog[kind="palette"] {
    background: @paper; border: @px(line) solid @edge; border-radius: @px(radius);
}
QDialog[kind="palette"] QLineEdit { font-size: @text(heading); padding: @px(7) @px(10); }

QWidget[bar="call"] { background: @amber_wash; border-bottom: @px(line) solid @amber; }
QWidget[bar="call"][urgent="true"] { background: @red_wash; border-bottom: @px(2) solid @red; }
QWidget[bar="call"][urgent="true"] QLabel[role="strong"] { color: @red_ink; }
QLabel[role="section"] {
    color: @accent; font-weight: 600; padding-top: @px(10); font-size: @text(heading);
}

QWidget[bar="narrowed"] { background: @amber_wash; border-top: @px(line) solid @amber; }

QPushButton[kind="chip"] {
    border-radius: @px(13); padding: @px(2) @px(8); min-height: @text(20);
    font-size: @text(small);
}
QPushButton[kind="chip"]:checked {
    background: @accent; color: @accent_ink; border-color: @accent; font-weight: 600;
}
QPushButton[kind="chip"]:focus { border: @px(2) solid @focus; padding: @px(1) @px(7); }
QPushButton[kind="round"] {
    border-radius: @text(9.5); padding: 0; min-height: @text(18); max-height: @text(18);
    min-width: @text(18); max-width: @text(18); color: @muted; font-weight: 600;
}
QPushButton[kind="round"]:focus { border: @px(2) solid @focus; padding: 0; }
QPushButton::menu-indicator { image: none; width: 0; }
QFrame[bar="told"] { background: @ink; border: none; border-radius: @px(radius); }
QFrame[bar="told"] QLabel { color: @paper; font-weight: 500; }
QFrame[bar="told"] QPushButton {
    background: @ink; color: @paper; border: @px(line) solid @edge; font-weight: 600;
}
QFrame[bar="told"] QPushButton:focus { border: @px(2) solid @paper; }
QFrame[bar="told"][bad="true"] { background: @red_wash; border: @px(line) solid @red; }
QFrame[bar="told"][bad="true"] QLabel { color: @red_ink; }
QFrame[bar="told"][bad="true"] QPushButton { background: @paper; color: @ink; }
QMenu::item:disabled { color: @disabled_ink; }
QMenu::indicator { left: @px(6); }

QPushButton[kind="segment"] {
    border-radius: 0; padding: @px(2) @px(8); min-height: @text(20); margin-left: -@px(line);
}
QPushButton[kind="segment"][place="first"] {
    border-top-left-radius: @px(4); border-bottom-left-radius: @px(4); margin-left: 0;
}
QPushButton[kind="segment"][place="last"] {
    border-top-right-radius: @px(4); border-bottom-right-radius: @px(4);
}
QPushButton[kind="segment"][place="only"] { border-radius: @px(4); margin-left: 0; }
QPushButton[kind="segment"]:checked {
    background: @accent_wash; color: @accent; border-color: @edge; font-weight: 600;
}
QPushButton[kind="segment"]:focus { border: @px(2) solid @focus; padding: @px(1) @px(7); }

QPushButton[kind="news"] {
    background: @accent_wash; color: @accent; border: none; border-radius: 0;
    border-top: @px(line) solid @line; font-weight: 600; min-height: @text(26);
}
QPushButton[kind="news"][urgent="red"] { background: @red; color: @red_mark; }
QPushButton[kind="news"]:focus { border: @px(2) solid @focus; }

QFrame[edge="red"] { border-left: @px(4) solid @red; }
QFrame[edge="orange"] { border-left: @px(4) solid @orange; }
QFrame[edge="amber"] { border-left: @px(4) solid @amber; }
QFrame[edge="yellow"] { border-left: @px(4) solid @yellow; }
QFrame[lit="true"] {
    border-top: @px(2) solid @ink; border-right: @px(2) solid @ink;
    border-bottom: @px(2) solid @ink;
}
QLabel[role="lit"] { color: @ink; font-weight: 600; padding-left: @px(8); }
QFrame[edge="closed"] { border-left: @px(4) solid @faint; }
QLabel[role="state"] { font-weight: 500; }
QLabel[priority="red"] { color: @red_ink; font-weight: 600; }
QLabel[priority="orange"] { color: @orange_ink; font-weight: 600; }
QLabel[priority="amber"] { color: @amber_ink; font-weight: 600; }
QLabel[priority="yellow"] { color: @yellow_ink; font-weight: 600; }
QLabel[role="name"] { font-size: @text(20); font-weight: 700; }
QLabel[role="flag"] {
    color: @orange_ink; background: @orange_wash; border: @px(line) solid @orange;
    border-radius: @px(4); padding: @px(2) @px(8); font-weight: 600;
}
QLabel[role="stands"] {
    color: @ink; background: @press; border: @px(line) solid @edge;
    border-radius: @px(4); padding: @px(2) @px(8); font-weight: 600;
}
QLabel[role="remark"] {
    color: @ink; background: @accent_wash; border-left: @px(4) solid @accent;
    padding: @px(4) @px(10); font-weight: 500;
}
QLabel[role="score"] {
    border-bottom: @px(line) solid @line; padding: @px(5) @px(10) @px(5) 0; font-weight: 700;
}
QLabel[fresh="true"], QLabel[weight="strong"] { font-weight: 600; }
QLabel[weight="muted"] { color: @muted; }
QLabel[role="note"] {
    background: @amber_wash; border: @px(line) solid @amber; border-radius: @px(radius);
    padding: @px(7) @px(12); color: @ink;
}
QComboBox[arrow="painted"]::drop-down, QDateEdit[arrow="painted"]::drop-down {
    border: none; width: @px(24);
}
QDoubleSpinBox {
    background: @paper; border: @px(line) solid @edge; border-radius: @px(radius);
    padding: @px(5) @px(8);
}
QSpinBox:focus, QDoubleSpinBox:focus { border: @px(2) solid @focus; padding: @px(4) @px(7); }
QSpinBox:disabled, QDoubleSpinBox:disabled { background: @wash; color: @disabled_ink; }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button,
QDoubleSpinBox::down-button { width: 0; border: none; }
QAbstractSpinBox QLineEdit { border: none; background: transparent; padding: 0 @px(6); }
QLabel[role="foresight"] {
    background: @accent_wash; border: @px(line) solid @line; border-radius: @px(radius);
    padding: @px(7) @px(12);
}
QLabel[role="foresight"][bad="true"] {
    background: @red_wash; border-color: @red; color: @red_ink; font-weight: 500;
}
QLabel[role="refusal"] {
    background: @red_wash; border: @px(line) solid @red; border-radius: @px(radius);
    padding: @px(7) @px(12); color: @red_ink; font-weight: 500;
}
QLabel[role="column"] {
    color: @muted; font-size: @text(small); font-weight: 600;
    border-bottom: @px(line) solid @line; padding: @px(4) @px(10) @px(4) 0;
}
QLabel[role="cell"] { border-bottom: @px(line) solid @line; padding: @px(5) @px(10) @px(5) 0; }
QLabel[role="key"] {
    background: @wash; border: @px(line) solid @edge; border-radius: @px(4);
    padding: @px(2) @px(8); font-weight: 600;
}
QLabel[role="figure"] { font-size: @text(24); font-weight: 700; }
QLabel[role="fault figure"] { font-size: @text(24); font-weight: 700; color: @red_ink; }
QLabel[role="sign"] { font-size: @text(22); color: @muted; }
QLabel[role="fault"] { color: @red_ink; font-weight: 600; }
QLabel[role="field fault"] { color: @red_ink; font-weight: 500; }
QLineEdit[wrong="true"], QComboBox[wrong="true"], QWidget[wrong="true"] QLineEdit {
    border-color: @red;
}
QLabel[role="match"] { color: @orange_ink; font-weight: 600; }
QFrame[match="same"] { border: @px(2) solid @orange; background: @orange_wash; }
QFrame[panel="right"] { border: none; border-left: @px(line) solid @line; }
QPushButton[kind="match"] { padding: @px(3) @px(10); }
QPushButton[kind="match"]:focus { padding: @px(2) @px(9); }
QLabel[role="placeholder"] { color: @muted; font-size: @text(14); }
QTableView { background: @paper; border: none; }
QTableView::item { padding: 0 @px(6); }
QTableView:focus { border: @px(2) solid @focus; }
QRadioButton { spacing: @px(8); padding: @px(5) @px(4); border-radius: @px(4); }
QRadioButton:focus { border: @px(2) solid @focus; padding: @px(3) @px(2); }
QScrollArea[page="true"] > QWidget > QWidget { background: @wash; }

QWidget[status="good"], QWidget[status="unknown"] {
    background: @paper; border-top: @px(line) solid @line;
}
QWidget[status="bad"], QWidget[status="stopped"] {
    background: @red; border-top: @px(line) solid @red_ink;
}
QWidget[status="bad"] QLabel, QWidget[status="stopped"] QLabel {
    color: @red_mark; font-weight: 600;
}
QWidget[status="good"] QLabel, QWidget[status="unknown"] QLabel { color: @muted; }
QLabel[dot="good"] { background: @green; border-radius: @px(4); }
QLabel[dot="red"] { background: @red; border-radius: @px(4); }
QLabel[dot="unknown"] { background: @faint; border-radius: @px(4); }
QLabel[dot="bad"], QLabel[dot="stopped"] { background: @red_mark; border-radius: @px(4); }
QWidget[status="bad"] QPushButton {
    background: @paper; color: @red_ink; border-color: @paper; font-weight: 600;
}
QWidget[bar="alarm"] { background: @red; border-bottom: @px(4) solid @red_ink; }
QWidget[bar="alarm"] QLabel { color: @red_mark; font-size: @text(14); font-weight: 500; }
QWidget[bar="alarm"] QLabel[role="alarm"] { font-size: @text(22); font-weight: 700; }
QWidget[bar="alarm"] QLabel[role="by hand"] { font-weight: 700; }
QLabel[role="alarm sign"] { background: @red_mark; border-radius: @text(20); }
QWidget[bar="alarm"] QLabel[role="alarm sign"] {
    color: @red_ink; font-size: @text(26); font-weight: 700;
}
QWidget[bar="alarm"] QPushButton {
    background: @paper; color: @red_ink; border-color: @paper; font-weight: 600;
}
QWidget[bar="alarm"] QPushButton:focus { border: @px(3) solid @ink; padding: @px(3) @px(10); }
QLabel[role="notice"] {
    background: @accent_wash; border-bottom: @px(line) solid @line; color: @ink;
    padding: @px(6) @px(20);
}
QWidget[bar="test"] {
    background: @accent_wash; border-bottom: @px(line) solid @line;
}
QLabel[role="alarm sentence"], QLabel[role="urgent"] {
    background: @red; color: @red_mark; padding: @px(10) @px(20); font-weight: 600;
}
QLabel[role="urgent"] {
    background: @red_wash; color: @red_ink; border-bottom: @px(line) solid @red;
}
QListWidget[kind="tiles"] { border: none; background: transparent; }
QListWidget[kind="tiles"]::item {
    border: @px(line) solid @edge; border-radius: @px(radius); margin: @px(4); padding: @px(4);
    background: @paper; color: @ink;
}
QListWidget[kind="tiles"]::item:hover { border-color: @accent; }
QListWidget[kind="tiles"]::item:selected { background: @accent_wash; border-color: @accent; }
QListWidget[kind="tiles"]:focus { border: none; }
QListWidget[kind="tiles"]::item:selected:active { border: @px(2) solid @focus; }
QLabel[role="banner"] {
    background: @amber_wash; border-bottom: @px(line) solid @amber; color: @ink;
    padding: @px(8) @px(16); font-weight: 500;
}
"""


def dress(window: QWidget, theme: Theme, text_scale: float) -> None:
    """Give a window and its dialogs the look of the station, with text of that size."""
    zoomed = theme.on_face("station").zoomed(text_scale)
    set_text_scale(window, text_scale)
    window.setStyleSheet(zoomed.stylesheet("station") + zoomed.fill(STATION))
