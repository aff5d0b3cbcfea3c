# pip install anywidget; widget.bundle.js is what widget.js says.
import pathlib

import anywidget
import traitlets


class Attention(anywidget.AnyWidget):
    _esm = pathlib.Path("widget.bundle.js")
    tokens = traitlets.List(traitlets.Unicode()).tag(sync=True)
    weights = traitlets.List().tag(sync=True)  # [layer][head][query][key]
    view = traitlets.Unicode("bars").tag(sync=True)
    layer = traitlets.Int(0).tag(sync=True)
    head = traitlets.Union([traitlets.Int(), traitlets.Unicode()], default_value="mean").tag(sync=True)
    query = traitlets.Int(0).tag(sync=True)
    key = traitlets.Int(None, allow_none=True).tag(sync=True)


# Of a model from Hugging Face, called with output_attentions=True:
#   weights = [layer[0].tolist() for layer in output.attentions]
Attention(
    tokens=["river", "bank", "flooded"],
    weights=[[[[0.5, 0.25, 0.25], [0.25, 0.35, 0.4], [0.1, 0.2, 0.7]]]],
)
