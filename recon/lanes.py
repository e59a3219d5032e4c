"""Sixteen float32 lanes as one value in compiled code.

LLVM turns a loop into vector instructions only when it can prove that the arrays do not overlap, or when the loop is
long enough to pay for checking. The short, many-stream loops of filtering and back projection are neither, and stay
scalar. `Lanes` names the vector: kernels read and write sixteen neighbouring numbers as one value and calculate with
``+``, ``-``, ``*`` and ``/``. The compiler splits it into the registers that the processor has (AVX, AVX-512, NEON).

Elements are named by their flat index in a C-contiguous array. Nothing checks bounds.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.extending import intrinsic, overload, register_model

LANES = 16

_FLOATS = ir.VectorType(ir.FloatType(), LANES)
_INTS = ir.VectorType(ir.IntType(32), LANES)


class _LanesType(types.Type):
    def __init__(self) -> None:
        super().__init__(name="Lanes")


_lanes = _LanesType()


@register_model(_LanesType)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, _FLOATS)


def _address(context: Any, builder: Any, kind: Any, arguments: Any, vector: Any) -> Any:
    """Where the element with the flat index ``arguments[1]`` of the array ``arguments[0]`` lies."""
    data = context.make_array(kind)(context, builder, arguments[0]).data
    return builder.bitcast(builder.gep(data, [arguments[1]], inbounds=True), vector.as_pointer())


def _spread(builder: Any, value: Any) -> Any:
    undefined = ir.Constant(_FLOATS, ir.Undefined)
    first = builder.insert_element(undefined, value, ir.Constant(ir.IntType(32), 0))
    return builder.shuffle_vector(first, undefined, ir.Constant(_INTS, [0] * LANES))


@intrinsic
def load(typing: Any, array: Any, index: Any) -> Any:  # noqa: ARG001 - Numba's signature
    """Sixteen elements of an array of float32, int16 or uint16, from a flat index on."""
    element = array.dtype
    size = element.bitwidth // 8

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        if element == types.float32:
            address = _address(context, builder, signature.args[0], arguments, _FLOATS)
            return builder.load(address, align=size)
        address = _address(context, builder, signature.args[0], arguments, ir.VectorType(ir.IntType(8 * size), LANES))
        stored = builder.load(address, align=size)
        whole = builder.sext(stored, _INTS) if element.signed else builder.zext(stored, _INTS)
        return builder.sitofp(whole, _FLOATS)

    return _lanes(array, types.intp), code


@intrinsic
def store(typing: Any, array: Any, index: Any, value: Any) -> Any:  # noqa: ARG001
    """Write sixteen elements of a float32 array."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        address = _address(context, builder, signature.args[0], arguments, _FLOATS)
        builder.store(arguments[2], address, align=4)
        return context.get_dummy_value()

    return types.void(array, types.intp, _lanes), code


@intrinsic
def store_int16(typing: Any, array: Any, index: Any, value: Any) -> Any:  # noqa: ARG001
    """Write sixteen elements of an int16 array, rounded to the nearest; the values must fit."""
    narrow = ir.VectorType(ir.IntType(16), LANES)

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        address = _address(context, builder, signature.args[0], arguments, narrow)
        kind = ir.FunctionType(_FLOATS, [_FLOATS])
        rint = cgutils.get_or_insert_function(builder.module, kind, f"llvm.rint.v{LANES}f32")
        rounded = builder.fptosi(builder.call(rint, [arguments[2]]), _INTS)
        builder.store(builder.trunc(rounded, narrow), address, align=2)
        return context.get_dummy_value()

    return types.void(array, types.intp, _lanes), code


@intrinsic
def prefetch(typing: Any, array: Any, index: Any) -> Any:  # noqa: ARG001
    """Ask for the cache line of an element that will be read soon; it may lie outside the array."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        byte, whole = ir.IntType(8).as_pointer(), ir.IntType(32)
        address = _address(context, builder, signature.args[0], arguments, ir.IntType(8))
        kind = ir.FunctionType(ir.VoidType(), [byte, whole, whole, whole])
        called = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
        builder.call(called, [address, ir.Constant(whole, 0), ir.Constant(whole, 2), ir.Constant(whole, 1)])
        return context.get_dummy_value()

    return types.void(array, types.intp), code


@intrinsic
def spread(typing: Any, value: Any) -> Any:  # noqa: ARG001
    """One float32 in all lanes."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ARG001
        return _spread(builder, arguments[0])

    return _lanes(types.float32), code


@intrinsic
def steps(typing: Any) -> Any:  # noqa: ARG001
    """0, 1, 2 … 15."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ARG001
        return ir.Constant(_FLOATS, [float(lane) for lane in range(LANES)])

    return _lanes(), code


def _of_one(name: str) -> Any:
    @intrinsic
    def function(typing: Any, value: Any) -> Any:  # noqa: ARG001
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ARG001
            kind = ir.FunctionType(_FLOATS, [_FLOATS])
            called = cgutils.get_or_insert_function(builder.module, kind, f"llvm.{name}.v{LANES}f32")
            return builder.call(called, arguments, fastmath=("fast",))

        return _lanes(_lanes), code

    return function


def _of_two(name: str) -> Any:
    @intrinsic
    def function(typing: Any, first: Any, second: Any) -> Any:  # noqa: ARG001
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ARG001
            kind = ir.FunctionType(_FLOATS, [_FLOATS, _FLOATS])
            called = cgutils.get_or_insert_function(builder.module, kind, f"llvm.{name}.v{LANES}f32")
            return builder.call(called, arguments, fastmath=("fast",))

        return _lanes(_lanes, _lanes), code

    return function


root = _of_one("sqrt")
"""Square roots."""
smaller = _of_two("minnum")
"""The smaller of two in each lane."""
larger = _of_two("maxnum")
"""The larger of two in each lane."""


def _operator(python: Callable[..., Any], instruction: str) -> None:
    @intrinsic
    def function(typing: Any, first: Any, second: Any) -> Any:  # noqa: ARG001
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ARG001
            return getattr(builder, instruction)(*arguments, flags=("fast",))

        return _lanes(_lanes, _lanes), code

    # Numba compares the two signatures, annotations included.
    @overload(python)
    def of_lanes(first, second):  # type: ignore[no-untyped-def]
        if isinstance(first, _LanesType) and isinstance(second, _LanesType):
            return lambda first, second: function(first, second)  # noqa: PLW0108 - Numba compiles it
        return None


for _python, _instruction in (
    (operator.add, "fadd"),
    (operator.sub, "fsub"),
    (operator.mul, "fmul"),
    (operator.truediv, "fdiv"),
):
    _operator(_python, _instruction)
