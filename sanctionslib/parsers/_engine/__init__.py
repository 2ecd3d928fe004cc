"""What every format shares: the containers of files, and the rules that read them."""
