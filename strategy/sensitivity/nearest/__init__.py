"""The nearest change: how little must move until a verdict is another, searched and proved."""
