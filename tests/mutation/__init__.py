"""Mutation testing of ``strategy/concepts`` and ``strategy/solvers``: ``python -m
tests.mutation``.

A mutant is the program with one small fault put in: ``<`` made ``<=``, an argument dropped.
If no test fails, nothing in the tests says what that piece of code is for (DeMillo, Lipton
and Sayward, "Hints on test data selection", Computer 11, 1978).

The faults are those of mutmut, and so is the trampoline that chooses among a function and
its mutants; what is mutated is said in pyproject.toml. The tests are not run by mutmut: it
starts pytest for every mutant, and there are 16,000. Here pytest collects once, and every
mutant is a fork of that process, which runs the tests that reach the mutated function until
one fails.
"""
