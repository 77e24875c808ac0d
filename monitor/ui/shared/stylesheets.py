"""The style sheets of both faces; `Theme.fill` puts colours and sizes into them.

The kiosk paints its keys and texts itself, so that they wrap and shrink to fit.
"""

STATION = """
* { font-family: "@font"; font-size: @text(text); color: @ink; }
QMainWindow, QDialog, QWidget[ground="wash"] { background: @wash; }
QWidget[ground="paper"], QFrame[ground="paper"] { background: @paper; }
QFrame[card="true"] {
    background: @paper; border: @px(line) solid @line; border-radius: @px(radius);
}
QFrame[rule="true"] { background: @line; max-height: @px(line); border: none; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: @text(title); font-weight: 700; }
QLabel[role="heading"] { font-size: @text(heading); font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: @muted; }
QLabel[role="small"] { color: @muted; font-size: @text(small); }
QPushButton {
    background: @paper; border: @px(line) solid @edge; border-radius: @px(radius);
    padding: @px(5) @px(12); min-height: @text(18); font-weight: 500;
}
QPushButton:hover { border-color: @accent; }
QPushButton:pressed { background: @press; }
QPushButton:checked { background: @accent_wash; border-color: @accent; color: @accent; }
QPushButton:disabled { background: @disabled; color: @disabled_ink; border-color: @disabled; }
QPushButton:focus { border: @px(2) solid @focus; padding: @px(4) @px(11); }
QPushButton[kind="primary"] {
    background: @accent; border-color: @accent; color: @accent_ink; font-weight: 600;
}
QPushButton[kind="primary"]:pressed { background: @accent_press; }
QPushButton[kind="primary"]:disabled {
    background: @disabled; color: @disabled_ink; border-color: @disabled;
}
QPushButton[kind="primary"]:focus { border: @px(2) solid @focus; }
QPushButton[kind="link"] { background: transparent; border: none; color: @accent; padding: @px(4); }
QPushButton[kind="link"]:focus { border: @px(2) solid @focus; padding: @px(2); }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QSpinBox {
    background: @paper; border: @px(line) solid @edge; border-radius: @px(radius);
    padding: @px(5) @px(8); selection-background-color: @accent;
    selection-color: @accent_ink;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateEdit:focus {
    border: @px(2) solid @focus; padding: @px(4) @px(7);
}
QAbstractItemView {
    background: @paper; border: none; outline: 0; gridline-color: @line;
    selection-background-color: @accent_wash; selection-color: @ink;
}
QHeaderView::section {
    background: @paper; color: @muted; border: none; border-bottom: @px(line) solid @line;
    padding: @px(6) @px(8); font-weight: 500;
}
QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: @px(10); margin: 0; }
QScrollBar::handle:vertical {
    background: @edge; border-radius: @px(4); min-height: @px(32); margin: @px(1);
}
QScrollBar:horizontal { background: transparent; height: @px(10); margin: 0; }
QScrollBar::handle:horizontal {
    background: @edge; border-radius: @px(4); min-width: @px(32); margin: @px(1);
}
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: @line; }
QToolTip { background: @ink; color: @paper; border: none; padding: @px(6); }
QStatusBar, QWidget[bar="true"] { background: @paper; }
QMenu { background: @paper; border: @px(line) solid @edge; padding: @px(4); }
QMenu::item { padding: @px(6) @px(20); }
QMenu::item:selected { background: @accent_wash; }
QProgressBar {
    background: @line; border: none; border-radius: @px(4); height: @px(8); text-align: center;
}
QProgressBar::chunk { background: @accent; border-radius: @px(4); }
"""

KIOSK = """
QWidget#kiosk { background: @paper; }
"""

STYLESHEETS = {"kiosk": KIOSK, "station": STATION}
