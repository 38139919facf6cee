"""Answers for people and programs: questions, things and names, asked on the command line."""
