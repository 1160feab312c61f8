"""The first conversation: when a supervisor takes calls, which starts are free, and the booking of one."""
