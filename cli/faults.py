"""What goes wrong around the program, said in words: a fault of the machine or of a file is no traceback."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from cli.speech import fail


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turns the faults that a user can mend into a message and exit code 1; what is left is our own defect."""
    try:
        yield
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise fail(f"{where}{error.strerror or error}", f"{where}{error.strerror or error}") from None
    except Exception as error:
        said = _said(error)
        if said is None:
            raise
        raise fail(*said) from None


def _said(error: Exception) -> tuple[str, str] | None:
    """Looked for only among what is loaded, so that light commands stay light."""
    if _is(error, "chassis.policy", "PolicyError"):
        return f"规则文件有误：\n{error}", f"the policies are not sound:\n{error}"
    if _is(error, "chassis.keyfiles", "KeysUnusable"):
        return f"密钥无法使用：{error}", f"the keys cannot be used: {error}"
    if _is(error, "chassis.postgres.account", "PostgresError"):
        return f"数据库无法启动：{error}", f"the database cannot start: {error}"
    if _is(error, "sqlalchemy.exc", "OperationalError"):
        first = str(error.__cause__ or error).splitlines()[0]
        return f"无法连接数据库：{first}", f"the database cannot be reached: {first}"
    return None


def _is(error: Exception, module: str, name: str) -> bool:
    loaded = sys.modules.get(module)
    return loaded is not None and isinstance(error, getattr(loaded, name))
