"""What the window shows and asks for, without a widget: tested without a display."""
