"""A smoke test of the wheel as a newcomer has it: core dependencies, no extras, no test tools.

Run by `make test` in an environment of its own: `python -I tests/bare/check_bare_wheel.py`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def check_import() -> None:
    """The bare import loads no third-party module and none of our packages."""
    before = set(sys.modules)
    import sanctionslib as sl

    new = set(sys.modules) - before
    foreign = {n for n in new if n.partition(".")[0] not in sys.stdlib_module_names}
    assert foreign <= {"sanctionslib", "sanctionslib._version"}, foreign
    assert not Path(sl.__file__).is_relative_to(CHECKOUT / "sanctionslib"), sl.__file__
    assert sl.__version__ == version("sanctionslib")


def check_environment() -> None:
    """Nothing that only developers have is here; otherwise this script would show nothing."""
    for name in ("pytest", "click", "rich", "networkx", "graphlay"):
        try:
            version(name)
        except PackageNotFoundError:
            continue
        raise AssertionError(f"{name} is installed: this is not the bare environment")


def check_data() -> None:
    """Every data file of the source tree is in the wheel, byte for byte."""
    source = CHECKOUT / "sanctionslib"
    data = [
        path
        for path in sorted(source.rglob("*"))
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    ]
    names = [path.relative_to(source).as_posix() for path in data]
    assert "py.typed" in names
    assert any(name.startswith("samples/") for name in names), "no sample"
    assert any(name.startswith("reference/") for name in names), "no reference table"
    for path, name in zip(data, names, strict=True):
        shipped: Traversable = files("sanctionslib").joinpath(*name.split("/"))
        assert shipped.is_file(), f"{name} is missing from the wheel"
        assert shipped.read_bytes() == path.read_bytes(), f"{name} differs in the wheel"
    for name in ("tests", "docs", "benchmarks", "conftest"):
        assert find_spec(name) is None, f"the wheel carries {name}"


def check_sample() -> None:
    """The sample is read, asked, written and read back."""
    import sanctionslib as sl

    sample = sl.sample()
    rab = sample["33951"]
    assert rab.name == "RAPID ACTION BATTALION", rab.name
    assert str(sample.why("33951"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.jsonl"
        sample.write(path)
        again = sl.read(path)
    assert list(again) == list(sample)


def check_missing_extra() -> None:
    """Without the extra, the command says in one line what to install, and shows no traceback."""
    command = Path(sys.executable).with_name("sanctionslib")
    run = subprocess.run(
        [str(command), "--help"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tempfile.gettempdir(),
    )
    message = run.stdout + run.stderr
    assert run.returncode != 0, "the command works without its extra?"
    assert "sanctionslib[cli]" in message, message
    assert "Traceback" not in message, message


def check_missing_library() -> None:
    """Without the extra, a graph can be had as text; what needs it says what to install."""
    import sanctionslib as sl

    network = sl.sample().related("34022")
    assert sl.export.to_mermaid(network).startswith("flowchart")
    for extra, call in {"graph": sl.export.to_networkx, "draw": sl.display.to_svg}.items():
        try:
            call(network)
        except sl.MissingExtraError as error:
            message = error.hint
        else:
            raise AssertionError(f"{call.__name__} works without its extra?")
        assert f"sanctionslib[{extra}]" in message, message
    assert "sanctionslib[draw]" in network._repr_html_()


def main() -> None:
    os.environ.setdefault("SANCTIONSLIB_HOME", tempfile.mkdtemp())
    for check in (
        check_import,
        check_environment,
        check_data,
        check_sample,
        check_missing_extra,
        check_missing_library,
    ):
        check()
        print(f"bare wheel: {check.__name__.removeprefix('check_')} ok")


if __name__ == "__main__":
    main()
