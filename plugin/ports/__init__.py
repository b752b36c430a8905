"""What the core needs from the world, as protocols; adapters stand behind them."""
