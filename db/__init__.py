"""What is kept between two updates. It must not know the bot: no guidance, no Telegram, no settings."""
