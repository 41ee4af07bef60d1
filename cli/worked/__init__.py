"""Worked examples (例题) of the packs' rules: what is given, what must come out, and why; run by the code in use.

They stand in ``policies/packs/<pack>/examples/<file>.yaml`` by part of the pack's file of that name, outside what a
release freezes. Those of the clocks stand in ``sla.yaml`` itself.
"""
