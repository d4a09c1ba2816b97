"""Runs `aws` once for each line of JSON (a list of words) on stdin, and tells how it ended: one start for all of them."""

import contextlib
import io
import json
import sys

import awscli.clidriver


def run(words):
    out, err = io.StringIO(), io.StringIO()
    # The client writes bytes too, to what is under the text.
    for stream in (out, err):
        stream.buffer = Bytes(stream)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = awscli.clidriver.create_clidriver().main(words)
        except SystemExit as end:
            code = end.code
    return {"words": words, "code": code, "stdout": out.getvalue(), "stderr": err.getvalue()}


class Bytes:
    def __init__(self, stream):
        self.stream = stream

    def write(self, written):
        return self.stream.write(written.decode())

    def flush(self):
        pass


for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
