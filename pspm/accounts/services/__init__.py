"""Changes in `accounts`: people, bodies, membership, invitations, the import of a register of bodies."""
