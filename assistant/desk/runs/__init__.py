"""What runs beside the desk, each in a process of its own: started, followed, asked, stopped."""
