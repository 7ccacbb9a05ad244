"""What there is: frozen records without I/O and without a clock."""
