"""What a master, a general user and the labour bank can do: one verb each, used by portal, office and Given steps."""
