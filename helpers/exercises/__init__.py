"""Checks for the exercises, a module a notebook: they recognise usual mistakes and answer each with its own hint."""
