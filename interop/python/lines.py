"""The drivers' protocol (../README.md): a JSON object a line in, one a line out."""

import base64
import json
import sys


class Refused(Exception):
    """The peer judged what it was given, and found it wrong."""


def serve(verbs):
    """Answers each line by the verb of its name, until the input ends."""
    for line in sys.stdin:
        question = json.loads(line)
        verb = question.pop("verb")
        try:
            if verb not in verbs:
                raise ValueError(f"no verb {verb}")
            answer = {"done": verbs[verb](**question)}
        except Refused as refusal:
            answer = {"refused": str(refusal)}
        except Exception as failure:
            answer = {"failed": f"{type(failure).__name__}: {failure}"}
        print(json.dumps(answer), flush=True)


def unbase64url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def base64url(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
