"""Policy files, tables, rollups and metrics of sla."""
