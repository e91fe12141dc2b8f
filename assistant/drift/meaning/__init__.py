"""What a control of an unknown page asks for: labels, options, shapes and papers, judged by every word that forms use."""
