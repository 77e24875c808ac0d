"""The TOML files of a folder: read, fingerprinted, and named where they cannot be read."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.content.faults import Fault

Table = Mapping[str, Any]


@dataclass(frozen=True)
class Files:
    """The TOML files of one folder by name; those that could not be read are in `faults`."""

    tables: Mapping[str, Table]
    faults: tuple[Fault, ...]
    content_hash: str


def read_files(folder: Path) -> Files:
    """Read every TOML file of a folder.

    `content_hash` is the SHA-256 (hex) of the names and bytes of the files in order of name.
    Line endings are made alike first: the same protocol has the same hash on every machine.
    """
    tables: dict[str, Table] = {}
    faults: list[Fault] = []
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.toml")):
        try:
            content = path.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{path.name}\0{len(content)}\0".encode())
            digest.update(content)
            tables[path.name] = tomllib.loads(content.decode("utf-8"))
        except OSError as error:
            faults.append(Fault(path.name, "", f"Cannot be read ({error.strerror}); check it."))
        except UnicodeDecodeError:
            faults.append(Fault(path.name, "", "Is not UTF-8 text; save it as UTF-8."))
        except tomllib.TOMLDecodeError as error:
            faults.append(Fault(path.name, "", f"Is not valid TOML; put right: {error}."))
        except RecursionError:
            faults.append(Fault(path.name, "", "Is nested too deeply; make it flatter."))
    return Files(tables, tuple(faults), digest.hexdigest())
