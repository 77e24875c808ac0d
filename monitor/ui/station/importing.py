"""Puts the wizard that reads a clinic's own list in together with what stores and undoes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, cast, get_args

from PySide6.QtCore import QDir, QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from monitor.domain.protocol import Protocol
from monitor.services import intake, intake_undo
from monitor.services.clinic import Clinic
from monitor.services.intake import DryRun, TakenIn
from monitor.services.intake_undo import Ended, Undone
from monitor.services.people_list import Field, Order, PeopleFile, PeopleFiles, Plan
from monitor.services.people_words import codes_of, columns_of, orders_of
from monitor.services.ports import Batch, Refusal
from monitor.ui.shared.tasks import Tasks
from monitor.ui.station import import_words as said
from monitor.ui.station.import_views import BatchRow, Mapped, MapShown, ResultShown
from monitor.ui.station.screens.import_dialog import ImportDialog
from monitor.ui.station.views import Told

_TOLD_EVERY = 50
"""Rows between two movements of the bar."""
_JUDGED_TOGETHER = 10
"""Patients who are judged in one go: whoever asks something else meanwhile waits for so many."""


@dataclass(frozen=True)
class _Guessed:
    """A file with what its columns are taken for."""

    columns: dict[Field, int]
    orders: tuple[Order, ...]
    codes: dict[Field, dict[str, str]]


@dataclass(frozen=True)
class _Judging:
    """Patients who were stored and are judged; `turn`: in which opening of the wizard."""

    patients: tuple[str, ...]
    heading: str
    turn: int


class ImportPresenter(QObject):
    """Talks to the services for one import at a time.

    Signals:
        listed: the imports there were (tuple of BatchRow).
        read: a file was read (FileShown).
        mapped: what its columns are taken for (MapShown).
        checked: what it would do (CheckShown).
        progressed: how far it is, and of how many (int, int).
        finished: what came of it (ResultShown); after an import it is told again when all are
            judged.
        stored: something is stored, or gone.
        saved: the rows with faults are in a file (str).
        refused: why it is not possible (str).
    """

    listed = Signal(object)
    read = Signal(object)
    mapped = Signal(object)
    checked = Signal(object)
    progressed = Signal(int, int)
    finished = Signal(object)
    stored = Signal()
    saved = Signal(str)
    refused = Signal(str)

    def __init__(
        self, tasks: Tasks, files: PeopleFiles, language: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._files = files
        self._language = language
        self._people: PeopleFile | None = None
        self._path = Path()
        self._plan = Plan({})
        self._dry_run: DryRun | None = None
        self._undone: Undone | None = None
        self._turn = 0

    def begin(self) -> None:
        """Begin anew, with the imports there were."""
        self._people = self._dry_run = self._undone = None
        self._turn += 1  # what is still being judged is told to nobody who does something else
        self._tasks.run(intake_undo.batches, then=self._list, failed=self._refuse)

    def choose(self, path: Path, encoding: str = "", separator: str = "") -> None:
        """Read a file."""
        self._path = path

        def read(_clinic: Clinic) -> PeopleFile:
            return self._files.read(path, encoding, separator)

        self._tasks.run(read, then=self._take, failed=self._refuse_file, slot="import_file")

    def read_again(self, encoding: str, separator: str) -> None:
        """Read the same file otherwise."""
        self.choose(self._path, encoding, separator)

    def look_at_columns(self, mapped: Mapped | None = None) -> None:
        """Say what the columns are taken for; mapped: what a person has said of them so far."""
        people = self._people
        if people is None:
            return
        wanted = None if mapped is None else _columns(mapped.columns)

        def guess(clinic: Clinic) -> _Guessed:
            columns = columns_of(people.header) if wanted is None else wanted
            protocol = _protocol(clinic)
            return _Guessed(
                columns, orders_of(people, columns), codes_of(people, columns, protocol)
            )

        self._tasks.run(
            guess,
            then=lambda guessed: self._show_map(people, guessed, mapped),
            failed=self._refuse,
            slot="import_map",
        )

    def check(self, mapped: Mapped) -> None:
        """Find out what an import would do."""
        guessed = {key: dict(words) for key, words in self._plan.codes.items()}
        for key, words in mapped.codes.items():
            guessed.setdefault(cast(Field, key), {}).update(words)
        self._plan = Plan(
            _columns(mapped.columns), _order(mapped.order), guessed, self._plan.left_out
        )
        self._check()

    def toggle(self, number: str) -> None:
        """Leave somebody out, or take them after all."""
        self._plan = replace(self._plan, left_out=self._plan.left_out ^ {number})
        self._check()

    def save_errors(self, path: Path) -> None:
        """Save the rows with faults."""
        people, dry_run = self._people, self._dry_run
        if people is None or dry_run is None:
            return
        reasons = said.reasons_of(dry_run, people, self._plan.columns)

        def write(_clinic: Clinic) -> None:
            self._files.write_errors(path, people, reasons)

        self._tasks.run(write, then=lambda _: self.saved.emit(path.name), failed=self._refuse)

    def store(self) -> None:
        """Store what was checked."""
        people, plan = self._people, self._plan
        if people is not None:

            def take_in(clinic: Clinic) -> TakenIn:
                return intake.take_in(clinic, _protocol(clinic).id, people, plan, self._go_on)

            self._tasks.run(take_in, then=self._stored, failed=self._refuse)

    def undo(self, batch_id: str) -> None:
        """Take an import back."""
        self._tasks.run(
            intake_undo.undo, batch_id, self._go_on, then=self._show_undone, failed=self._refuse
        )

    def end_kept(self) -> None:
        """End the follow-ups that an undo has left."""
        undone = self._undone
        if undone is not None:
            note = self.tr("The import of {file} was undone").format(file=undone.batch.file)
            self._tasks.run(
                intake_undo.end_kept,
                undone.kept,
                note,
                then=lambda ended: self._show_ended(ended, undone),
                failed=self._refuse,
            )

    def _check(self) -> None:
        people, plan = self._people, self._plan
        if people is None:
            return

        def check(clinic: Clinic) -> DryRun:
            return intake.check(clinic, _protocol(clinic).id, people, plan, self._go_on)

        self._tasks.run(
            check,
            then=lambda found: self._show_check(people, plan, found),
            failed=self._refuse,
            slot="import_check",
        )

    def _go_on(self, done: int, total: int) -> None:
        """Called on the database thread."""
        if done % _TOLD_EVERY == 0 or done == total:
            self.progressed.emit(done, total)

    def _list(self, batches: tuple[Batch, ...]) -> None:
        zone = self._tasks.clinic.zone
        self.listed.emit(tuple(said.batch_row(batch, zone) for batch in batches))

    def _take(self, people: PeopleFile) -> None:
        self._people, self._plan, self._dry_run = people, Plan({}), None
        self.read.emit(said.file_shown(people))

    def _show_map(self, people: PeopleFile, guessed: _Guessed, mapped: Mapped | None) -> None:
        if people is not self._people:
            return
        self._plan = replace(self._plan, columns=guessed.columns, codes=guessed.codes)
        order = guessed.orders[0] if len(guessed.orders) == 1 else ""
        if mapped is not None and mapped.order in guessed.orders:
            order = mapped.order
        self.mapped.emit(
            MapShown(
                columns=said.column_names(people),
                samples=said.samples_of(people),
                fields=said.fields_of(guessed.columns),
                orders=said.orders(),
                order=order,
                doubt=said.doubt_of(guessed.orders),
                words=said.words_of(
                    people, guessed.columns, guessed.codes, self._protocol, self._language
                ),
            )
        )

    @property
    def _protocol(self) -> Protocol:
        return _protocol(self._tasks.clinic)

    def _show_check(self, people: PeopleFile, plan: Plan, found: DryRun) -> None:
        if people is self._people:
            self._dry_run = found
            words = self._protocol.words[self._language]
            self.checked.emit(said.check_shown(found, people, plan.columns, words))

    def _stored(self, taken: TakenIn) -> None:
        self.stored.emit()
        patients = procedures = 0
        if taken.batch is not None:
            patients, procedures = len(taken.batch.patient_ids), len(taken.batch.episode_ids)
        heading = self.tr("Stored: {what}").format(what=said.added(patients, procedures))
        self._judge(_Judging(taken.to_judge, heading, self._turn), 0, 0)

    def _judge(self, judging: _Judging, done: int, failed: int) -> None:
        """Judge some, then the next: whatever else is asked comes in between."""
        patients, total = judging.patients, len(judging.patients)
        if done >= total:
            self._tell_judged(judging, failed)
            return
        some = patients[done : done + _JUDGED_TOGETHER]
        said_now = self.tr("The rules look at {done} of {total} patients. You can close this.")
        self._tell(judging, said_now.format(done=done + len(some), total=total))
        self._tasks.run(
            intake.judge,
            some,
            then=lambda more: self._judge(judging, done + len(some), failed + more),
            failed=lambda _error: self._tell_judged(judging, total - done),
        )

    def _tell_judged(self, judging: _Judging, failed: int) -> None:
        says = self.tr("The rules have looked at all of them. The import can be undone from here.")
        if failed:
            says = self.tr(
                "The rules could not look at {n} of them yet; that is tried again by itself."
            ).format(n=failed)
        self._tell(judging, says)
        self.stored.emit()

    def _tell(self, judging: _Judging, says: str) -> None:
        if judging.turn == self._turn:
            self.finished.emit(ResultShown(judging.heading, says))

    def _show_undone(self, undone: Undone) -> None:
        self._undone = undone
        self.stored.emit()
        self.finished.emit(said.undone_shown(undone))

    def _show_ended(self, ended: Ended, undone: Undone) -> None:
        self.stored.emit()
        self.finished.emit(said.ended_shown(ended, undone.batch.file))

    def _refuse_file(self, error: Exception) -> None:
        if isinstance(error, Refusal):
            self.refused.emit(said.unreadable(error))
        else:
            self._refuse(error)

    def _refuse(self, error: Exception) -> None:
        code = error.code if isinstance(error, Refusal) else ""
        sentences = {
            "not_allowed": self.tr("Your role does not allow this."),
            "cannot_write": self.tr(
                "The file could not be written. Choose another folder, or close the file elsewhere."
            ),
            "batch_undone": self.tr("This import was undone in the meantime."),
        }
        otherwise = self.tr("That is not possible now. Nothing was stored. Try again soon.")
        self.refused.emit(sentences.get(code, otherwise))


def _protocol(clinic: Clinic) -> Protocol:
    return clinic.protocols.current(min(clinic.protocols.ids()))


def _order(code: str) -> Order | Literal[""]:
    orders: tuple[Order, ...] = get_args(Order)
    return next((order for order in orders if order == code), "")


def _columns(columns: Mapping[str, int]) -> dict[Field, int]:
    return {field: columns[field] for field in get_args(Field) if field in columns}


class Importing(QWidget):
    """Reads a clinic's own list in; has no looks of its own.

    Signals:
        told: what came of it (Told).
        stored: something is stored, or gone.
    """

    told = Signal(object)
    stored = Signal()

    def __init__(self, tasks: Tasks, files: PeopleFiles, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.dialog: ImportDialog | None = None
        self.files: QFileDialog | None = None
        self.presenter = ImportPresenter(tasks, files, language, self)
        self.presenter.stored.connect(self.stored)
        self.presenter.saved.connect(self._tell_saved)
        self.presenter.finished.connect(self._tell_finished)
        self.presenter.refused.connect(self._refuse)

    def open(self) -> None:
        """Open the wizard."""
        if self.dialog is not None:
            return
        dialog = ImportDialog(self.parentWidget())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._connect(dialog)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        self.presenter.begin()
        dialog.open()

    def _connect(self, dialog: ImportDialog) -> None:
        presenter = self.presenter
        presenter.listed.connect(dialog.file.show_batches)
        presenter.read.connect(dialog.show_file)
        presenter.mapped.connect(dialog.show_map)
        presenter.checked.connect(dialog.show_check)
        presenter.progressed.connect(
            dialog.go_on, Qt.ConnectionType.QueuedConnection
        )  # from the database thread
        dialog.file.file_wanted.connect(self._choose_file)
        dialog.file.reread.connect(presenter.read_again)
        dialog.columns_wanted.connect(presenter.look_at_columns)
        dialog.columns.changed.connect(presenter.look_at_columns)
        dialog.check_wanted.connect(presenter.check)
        dialog.check.toggled.connect(presenter.toggle)
        dialog.check.errors_wanted.connect(self._choose_error_file)
        dialog.store_wanted.connect(self._store)
        dialog.undo_wanted.connect(self._undo)
        dialog.outcome.end_wanted.connect(presenter.end_kept)

    def _choose_file(self) -> None:
        files = self._file_dialog(self.tr("Choose a list"), self.presenter.choose)
        files.setFileMode(QFileDialog.FileMode.ExistingFile)
        files.setNameFilters((self.tr("Lists (*.csv *.txt *.tsv)"), self.tr("All files (*)")))
        files.open()

    def _choose_error_file(self) -> None:
        """The name says what and not who: file names are read by everybody."""
        files = self._file_dialog(self.tr("Save the error rows"), self.presenter.save_errors)
        files.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        files.setNameFilter(self.tr("CSV files (*.csv)"))
        files.setDefaultSuffix("csv")
        files.selectFile("not-imported.csv")
        files.open()

    def _file_dialog(self, title: str, then: Callable[[Path], None]) -> QFileDialog:
        files = QFileDialog(self.dialog, title)
        files.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place = QStandardPaths.StandardLocation.DocumentsLocation
        files.setDirectory(QStandardPaths.writableLocation(place) or QDir.homePath())
        files.fileSelected.connect(lambda path: then(Path(path)))
        self.files = files
        return files

    def _store(self) -> None:
        if self.dialog is not None:
            self.dialog.show_progress(
                self.tr("Storing"), self.tr("All of it is stored together, or nothing.")
            )
            self.presenter.store()

    def _undo(self, batch: BatchRow) -> None:
        if self.dialog is not None:
            self.dialog.show_progress(
                self.tr("Undoing the import of {file}").format(file=batch.file), ""
            )
            self.presenter.undo(batch.id)

    def _tell_finished(self, result: ResultShown) -> None:
        if self.dialog is not None:
            self.dialog.show_result(result)

    def _tell_saved(self, name: str) -> None:
        if self.dialog is not None:
            self.dialog.say(self.tr("Saved as {file}.").format(file=name))

    def _refuse(self, text: str) -> None:
        if self.dialog is not None:
            self.dialog.show_refusal(text)
        else:
            self.told.emit(Told(text, bad=True))

    def _forget(self) -> None:
        self.dialog = None
