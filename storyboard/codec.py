"""Dataclasses to and from plain JSON values; reading is strict, so that a damaged file is told at once."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints


class StoryboardError(ValueError):
    """A storyboard file does not hold what the model says; the text names the file or field."""


def encode(value: Any) -> Any:
    """Return `value` (dataclass, tuple, datetime or JSON scalar) as plain JSON values."""
    if is_dataclass(value):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return value.isoformat() if isinstance(value, datetime) else value


def decode(kind: Any, value: Any, where: str) -> Any:
    """Return `value` as the annotated type `kind`.

    Raises:
        StoryboardError: a field is missing, unknown or of another type; `where` is the path to it.
    """
    if is_dataclass(kind):
        return _decode_dataclass(kind, value, where)
    origin = get_origin(kind)
    if origin is Literal:
        return _require(value in get_args(kind), value, where)
    if origin in {Union, types.UnionType}:
        return None if value is None else decode(next(a for a in get_args(kind) if a is not type(None)), value, where)
    if origin is tuple:
        return _decode_tuple(get_args(kind), value, where)
    return _decode_scalar(kind, value, where)


def _decode_dataclass(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, Mapping):
        raise StoryboardError(f"{where}: オブジェクトではありません")
    hints = get_type_hints(kind)
    for names, problem in ((hints.keys() - value.keys(), "欠けている"), (value.keys() - hints.keys(), "知らない")):
        if names:
            raise StoryboardError(f"{where}: {problem}項目 {', '.join(sorted(names))}")
    try:
        return kind(**{name: decode(hint, value[name], f"{where}.{name}") for name, hint in hints.items()})
    except StoryboardError:
        raise
    except ValueError as error:
        raise StoryboardError(f"{where}: {error}") from error


def _decode_tuple(kinds: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    _require(isinstance(value, list), value, where)
    if kinds[-1] is Ellipsis:
        return tuple(decode(kinds[0], item, f"{where}[{index}]") for index, item in enumerate(value))
    _require(len(kinds) == len(value), value, where)
    return tuple(decode(kind, item, where) for kind, item in zip(kinds, value, strict=True))


def _decode_scalar(kind: Any, value: Any, where: str) -> Any:
    if kind is datetime:
        return _decode_moment(value, where)
    allowed = (int, float) if kind is float else kind
    _require(isinstance(value, allowed) and isinstance(value, bool) == (kind is bool), value, where)
    return float(value) if kind is float else value


def _decode_moment(value: Any, where: str) -> datetime:
    _require(isinstance(value, str), value, where)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise StoryboardError(f"{where}: 日時ではありません ({value!r})") from error
    _require(moment.tzinfo is not None, value, where)
    return moment


def _require(condition: bool, value: Any, where: str) -> Any:  # noqa: FBT001
    if not condition:
        raise StoryboardError(f"{where}: 使えない値 {value!r}")
    return value
