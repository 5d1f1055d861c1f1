"""A team in processes of its own: laptops and relays that are killed until all agree."""
