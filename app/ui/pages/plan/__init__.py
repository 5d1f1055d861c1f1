"""The plan: days and who is where, the children followed, what was asked for, the team, dates."""
