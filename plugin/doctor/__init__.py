"""What is wrong with an installation, and what to do: looked at from inside, with everything down if need be."""
