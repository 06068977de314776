"""How Numba compiles a kernel: its parts with it, once, as a whole.

By itself Numba optimises every function that it compiles and makes machine code of it,
links it into its callers, and does the same there again, level by level. Here a part is
typed and lowered only, and goes as it is into the kernels, which alone are optimised, made
machine code and kept on disk. Passes over things that kernels do without are left out.
"""

# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

from typing import Any, ClassVar

from numba import extending
from numba.core import compiler, typed_passes, types, untyped_passes
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler_machinery import PassManager, register_pass
from numba.core.registry import CPUDispatcher

from strategy.kernels import KernelPart

__all__ = ["kernel_dispatcher", "part_dispatcher"]

_BARE = {"nopython": True, "error_model": "numpy", "no_cfunc_wrapper": True}


class _Library(JITCodeLibrary):
    """Code that links what the parts that it calls need along with them, each once."""

    def add_linking_library(self, library: Any) -> None:
        for one in (
            library,
            *(library._linking_libraries if isinstance(library, _CompiledPart) else ()),
        ):
            if one not in self._linking_libraries:
                super().add_linking_library(one)


class _CompiledPart(_Library):
    """The code of a part: neither linked nor optimised before it is in a kernel."""

    def _optimize_functions(self, ll_module: Any) -> None:
        ll_module.data_layout = self._codegen._data_layout

    def finalize(self) -> None:
        self._raise_if_finalized()
        self._finalized = True


class _CompiledKernel(_Library):
    """The code of a kernel whose loops are short.

    Most of what Numba asks of LLVM would cost more than it saves.
    """

    def _optimize_final_module(self) -> None:
        passes, builder = self._codegen._module_pass_manager(opt=1, loop_vectorize=False)
        passes.run(self._final_module, builder)


class _Vectorised(_Library):
    """The code of a kernel with long loops, optimised in full."""


@register_pass(mutates_CFG=True, analysis_only=False)
class _LowerKernel(typed_passes.NativeLowering):
    _name = "lower_kernel"
    library: Any = _CompiledKernel

    def run_pass(self, state: Any) -> bool:
        state.library = self.library(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return bool(super().run_pass(state))


@register_pass(mutates_CFG=True, analysis_only=False)
class _LowerVectorised(_LowerKernel):
    _name = "lower_vectorised_kernel"
    library = _Vectorised


@register_pass(mutates_CFG=True, analysis_only=False)
class _LowerPart(typed_passes.NativeLowering):
    _name = "lower_part"

    def run_pass(self, state: Any) -> bool:
        state.library = _CompiledPart(
            state.targetctx.codegen(), state.func_id.func_qualname
        )
        state.flags.no_compile = True
        super().run_pass(state)
        lowered = state.cr
        # what callers are told apart by, in place of a function that Python could call
        entry = object()
        state.targetctx.insert_user_function(entry, lowered.fndesc, [state.library])
        state.cr = lowered._replace(cfunc=entry)
        return True


class _Flags(compiler.Flags):
    """Options of a compilation that are one object when equal.

    Numba looks them up at every call that it types.
    """

    _known: ClassVar[dict[Any, Any]] = {}

    def copy(self) -> Any:
        return self._known.setdefault(
            tuple(map(str, self.values().values())), super().copy()
        )

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


class _KernelCompiler(compiler.CompilerBase):
    """Numba's passes without those for what is not used here.

    That is for closures, with-blocks, rewritten array expressions and other things.
    """

    lowering: Any = _LowerKernel

    def __init__(
        self,
        typingctx: Any,
        targetctx: Any,
        library: Any,
        args: Any,
        return_type: Any,
        flags: Any,
        locals: Any,
    ) -> None:
        super().__init__(
            typingctx, targetctx, library, args, return_type, _Flags(flags), locals
        )

    def define_pipelines(self) -> list[PassManager]:
        passes = PassManager("kernel")
        for one in (
            untyped_passes.TranslateByteCode,
            untyped_passes.FixupArgs,
            untyped_passes.IRProcessing,
            untyped_passes.DeadBranchPrune,
            untyped_passes.GenericRewrites,
            untyped_passes.ReconstructSSA,
            typed_passes.NopythonTypeInference,
            typed_passes.PreLowerStripPhis,
            typed_passes.InlineOverloads,
            typed_passes.IRLegalization,
            typed_passes.AnnotateTypes,
            self.lowering,
            typed_passes.NoPythonBackend,
        ):
            passes.add_pass(one, one.__name__)
        passes.finalize()
        return [passes]


class _VectorisedCompiler(_KernelCompiler):
    lowering = _LowerVectorised


class _PartCompiler(_KernelCompiler):
    lowering = _LowerPart


class _PartDispatcher(CPUDispatcher):
    """Compiles a part when a kernel first needs it, for its one signature."""

    signature: Any = None

    def get_call_template(self, args: Any, kws: Any) -> Any:
        # not a copy for every constant
        args = tuple([types.unliteral(one) for one in args])
        if self.signature is not None and not self.overloads:
            self.compile(self.signature)
            self.disable_compile()
        return super().get_call_template(args, kws)

    def add_overload(self, cres: Any) -> None:
        self.overloads[tuple(cres.signature.args)] = cres


@extending.typeof_impl.register(KernelPart)
def _type_of_part(value: Any, _context: Any) -> Any:
    return types.Dispatcher(value.dispatcher)


def part_dispatcher(function: Any, signature: Any, options: dict[str, Any]) -> Any:
    """The function with all that it takes to compile it as a part.

    ``signature``: the types, None for those of each call; ``options``: those of the part.
    """
    chosen = _BARE | {"no_cpython_wrapper": True, "_nrt": False} | options
    dispatcher = _PartDispatcher(
        function, targetoptions=chosen, pipeline_class=_PartCompiler
    )
    dispatcher.signature = signature
    return dispatcher


def kernel_dispatcher(
    function: Any, signature: Any, vectorised: bool, options: dict[str, Any]
) -> Any:
    """The function with all that it takes to compile it as a kernel, or to load it.

    For its one signature, if it has one. ``vectorised``: whether to use wide instructions;
    ``options``: those of the kernel.
    """
    chosen = _BARE | {"nogil": True} | options
    dispatcher = CPUDispatcher(
        function,
        targetoptions=chosen,
        pipeline_class=_VectorisedCompiler if vectorised else _KernelCompiler,
    )
    dispatcher.enable_caching()
    if signature is not None:
        dispatcher.compile(signature)
        dispatcher.disable_compile()
    return dispatcher
