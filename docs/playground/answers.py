"""What the page asks, in the browser: `search` a name, `why` a party is listed."""

import json

import sanctionslib as sl
from sanctionslib.display import to_html
from sanctionslib.errors import SanctionsError

sdn = sl.read("sample.jsonl")


def answer(question: str, text: str) -> str:
    """The call, its card and its hits as JSON; the message where the library raises."""
    found = {"call": f"sdn.{question}({json.dumps(text, ensure_ascii=False)})"}
    try:
        value = getattr(sdn, question)(text)
        found["html"] = to_html(value)
    except SanctionsError as error:
        found["error"] = str(error)
    else:
        if question == "search":
            found["hits"] = [{"id": hit.entity.id, "name": str(hit.name.text)} for hit in value]
    return json.dumps(found)
