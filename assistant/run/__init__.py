"""What happens in the browser: session, navigation, hand-over, filling and teaching."""
