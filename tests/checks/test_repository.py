from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PINS = ("requirements.txt", "requirements-dev.txt")
PYTHONS = ("3.11", "3.12", "3.13", "3.14")

# In two parts each, so that this file does not name them either.
PLACES_OF_ONE_MACHINE = tuple(
    "".join(parts)
    for parts in (
        ("pypi", ".org"),
        ("pythonhosted", ".org"),
        ("npmjs", ".org"),
        ("proxy.golang", ".org"),
        ("/opt/", "pypi"),
        ("/opt/", "wheels"),
        ("/wo", "rk/"),
        ("/r", "oot/"),
        ("../", "shared"),
    )
)


def committed() -> Iterator[Path]:
    """Every file of the project that is not made by a tool, by what .gitignore says."""
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text().splitlines() if line]

    def walk(folder: Path) -> Iterator[Path]:
        for path in sorted(folder.iterdir()):
            if path.name == ".git" or any(fnmatch(path.name, name) for name in ignored):
                continue
            if path.is_dir():
                yield from walk(path)
            else:
                yield path

    return walk(ROOT)


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""  # a picture or a font


def project() -> dict[str, object]:
    with (ROOT / "pyproject.toml").open("rb") as stream:
        return tomllib.load(stream)


def pinned(name: str) -> dict[str, Version]:
    lines = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", (ROOT / name).read_text(), re.MULTILINE)
    return {package.lower(): Version(version) for package, version in lines}


def wanted(group: str = "") -> list[Requirement]:
    """The requirements of pyproject.toml: the program's own and those of one group."""
    data = project()
    program = data["project"]
    groups = data["dependency-groups"]
    assert isinstance(program, dict)
    assert isinstance(groups, dict)

    def members(name: str) -> Iterator[str]:
        for entry in groups[name]:
            if isinstance(entry, str):
                yield entry
            else:
                yield from members(entry["include-group"])

    return [Requirement(line) for line in (*program["dependencies"], *members(group))]


def test_that_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    named = [
        f"{path.relative_to(ROOT)}: {place}"
        for path in committed()
        for place in PLACES_OF_ONE_MACHINE
        if place in text_of(path)
    ]
    assert not named


@pytest.mark.parametrize("name", PINS)
def test_that_every_pinned_line_has_its_hash_and_no_option(name: str) -> None:
    lines = (ROOT / name).read_text().replace("\\\n", " ").splitlines()
    pins = [line for line in lines if line and not line.lstrip().startswith("#")]
    assert pins
    assert all(re.match(r"[a-z0-9._-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line) for line in pins)


@pytest.mark.parametrize(("name", "group"), [(PINS[0], "build"), (PINS[1], "dev")])
@pytest.mark.parametrize("python", PYTHONS)
def test_that_the_pins_fulfil_what_pyproject_asks_for(name: str, group: str, python: str) -> None:
    pins = pinned(name)
    for requirement in wanted(group):
        marker = requirement.marker
        if marker is None or marker.evaluate({"python_version": python}):
            version = pins[requirement.name.lower()]
            assert requirement.specifier.contains(version), f"{requirement} but {version}"


def test_that_the_tools_are_added_to_the_very_program_that_runs() -> None:
    program, tools = (pinned(name) for name in PINS)
    assert program.items() <= tools.items()


def test_that_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text().splitlines()
    command = script[-1].removeprefix("exec ")
    assert command == "make test"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^{command}\b", readme, re.MULTILINE)


def test_that_the_readme_names_only_targets_the_makefile_has() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        named = set(re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE))
        assert named
        assert named <= targets


def test_that_every_font_has_its_licence_beside_it() -> None:
    folder = ROOT / "resources" / "fonts"
    licence = (folder / "OFL.txt").read_text(encoding="utf-8")
    fonts = [path for path in folder.iterdir() if path.suffix in {".otf", ".ttf"}]
    assert fonts
    for font in fonts:
        assert font.stem.split("-")[0] in licence
    assert "SIL OPEN FONT LICENSE" in licence


def test_that_decisions_are_numbered_without_a_gap_and_named_by_their_title() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [page.name[:4] for page in pages] == [f"{n:04d}" for n in range(1, len(pages) + 1)]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(page.name[:4])}. ")
        sections = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert sections == ["Context", "Decision", "Consequences", "Alternatives"], page.name


KINDS = ("added", "changed", "fixed", "clinical", "security")


def test_that_every_piece_of_news_is_of_a_known_kind_and_one_paragraph() -> None:
    for piece in (ROOT / "docs" / "changes").glob("*.md"):
        if piece.name != "README.md":
            assert re.fullmatch(rf"\d+\.({'|'.join(KINDS)})\.md", piece.name)
            assert "\n\n" not in piece.read_text(encoding="utf-8").strip()


def test_that_the_links_between_the_papers_lead_somewhere() -> None:
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in committed()
        if path.suffix == ".md"
        for target in re.findall(r"\]\(([^)#\s]+)", text_of(path))
        if "://" not in target and not (path.parent / target).exists()
    ]
    assert not broken
