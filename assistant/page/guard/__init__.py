"""What holds back every submission: in the page, on the network, and the receipt of what was held."""
