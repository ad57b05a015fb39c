"""What happens by itself, at its time: retention now, reminders and alerts later. No Telegram
here.
"""
