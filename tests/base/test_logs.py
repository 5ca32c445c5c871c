import json
import logging

import pytest

from collegium.base import logs

CANARIES = ["amina.yusuf@school.example", "s3cr3t-t0ken-of-sixteen", "Amina", "12ab-34cd"]


def formatted(formatter, message, *args, **extra):
    record = logging.LogRecord("collegium.test", logging.INFO, "file.py", 1, message, args, None)
    record.__dict__.update(extra)
    return formatter.format(record)


@pytest.mark.parametrize("formatter", [logs.QuietJsonFormatter(), logs.QuietFormatter()])
def test_personal_data_does_not_reach_the_log(formatter):
    line = formatted(
        formatter,
        "code for %s at /u/north/?name=Amina&code=12ab-34cd and /demo/sign-in/s3cr3t-t0ken-of-sixteen/",
        "amina.yusuf@school.example",
        email="amina.yusuf@school.example",
        given_name="Amina",
        code="12ab-34cd",
    )
    assert not [canary for canary in CANARIES if canary in line]


def test_a_traceback_is_masked_too():
    try:
        raise ValueError("no such address: amina.yusuf@school.example")
    except ValueError:
        import sys

        record = logging.LogRecord("x", logging.ERROR, "f", 1, "failed", (), sys.exc_info())
    for formatter in (logs.QuietJsonFormatter(), logs.QuietFormatter()):
        record.exc_text = None
        assert "amina" not in formatter.format(record)


def test_json_lines_keep_what_an_operator_needs():
    line = json.loads(formatted(logs.QuietJsonFormatter(), "job failed", job="people.roster", attempt=2))
    assert line["level"] == "INFO"
    assert line["logger"] == "collegium.test"
    assert (line["message"], line["job"], line["attempt"]) == ("job failed", "people.roster", 2)
    assert line["at"]
