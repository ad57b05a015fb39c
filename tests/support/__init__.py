"""What tests stand on: doubles of the world outside. It must not know how the bot works inside."""
