"""The judge of time: rule packs, working calendars, clocks with their lights, and the KPIs."""
