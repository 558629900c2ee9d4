"""Separator plugins: the contract, the registry, adapters and the builtin ones."""
