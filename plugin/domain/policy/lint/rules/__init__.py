"""The lint rules, one question of law or sense each."""
