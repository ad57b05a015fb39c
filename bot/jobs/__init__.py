"""What happens by itself, at its time: retention, publishing, reminders and alerts. No Telegram
here.
"""
