"""The three closer looks of `log-versus-product`, of which one is open."""
