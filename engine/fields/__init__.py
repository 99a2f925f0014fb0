"""Fields: white cells, platelets and red cells in photographs of a smear, and crops of them."""
