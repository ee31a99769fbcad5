"""The four looks of `derivative-rules`, of which one is open."""
