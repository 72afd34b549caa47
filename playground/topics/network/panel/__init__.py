"""What stands below the network's stage."""
