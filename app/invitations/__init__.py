"""Supervisees who let themselves be found, without a name, and the invitations that supervisors send them."""
