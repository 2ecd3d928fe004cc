"""Sphinx: the pages are Markdown, the reference is made from the docstrings."""

from __future__ import annotations

import sys
from pathlib import Path

import requests
from sphinx.pycode import ModuleAnalyzer

import sanctionslib
from sanctionslib.api import archive

sys.path.insert(0, str(Path(__file__).parent))
# Signatures name its `Session`, and the library imports it when it is needed, not before.
archive.requests = requests

# Overloads that help readers are shown: not those of `where`, which say its keywords in a
# `TypedDict`, but those of methods that a list has from its base.
_analyze = ModuleAnalyzer.analyze


def _with_overloads_for_readers(self: ModuleAnalyzer) -> None:
    _analyze(self)
    self.overloads.pop("SanctionsList.where", None)
    for name in [*self.overloads]:
        own = name.replace("EntityCollection.", "SanctionsList.")
        self.overloads[own] = self.overloads[name]


ModuleAnalyzer.analyze = _with_overloads_for_readers  # type: ignore[method-assign]

project = "sanctionslib"
author = "The sanctionslib authors"
copyright = "2026, The sanctionslib authors"
release = version = sanctionslib.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    "sphinx_copybutton",
    "sphinx_design",
    "_ext",
    "_playground",
]
default_role = "code"
source_suffix = {".md": "markdown", ".ipynb": "notebook"}
exclude_patterns = ["_build"]

myst_enable_extensions = ["colon_fence", "deflist", "smartquotes"]
myst_heading_anchors = 3

autodoc_class_signature = "separated"  # the constructors take every attribute as a keyword
autodoc_default_options = {"exclude-members": "__init__"}
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
autoclass_content = "class"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
python_maximum_signature_line_length = 88
toc_object_entries_show_parents = "hide"

html_theme = "furo"
html_title = f"sanctionslib {release}"
html_static_path = ["_static"]
html_css_files = ["pages.css"]
html_logo = "_static/logo.svg"
html_favicon = "_static/favicon.svg"
html_theme_options = {"sidebar_hide_name": False}
html_copy_source = False
html_show_sphinx = False
# What is copied is what is typed: neither prompts nor what the code printed.
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
copybutton_selector = "div:not(.highlight-text) > div.highlight > pre"
copybutton_line_continuation_character = "\\"
pygments_style = "tango"
