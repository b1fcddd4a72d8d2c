"""Where advisors move our tiers: counted by specialty, ring, kind of program and score."""
