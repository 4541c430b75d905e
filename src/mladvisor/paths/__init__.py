"""What a person could do: programs, certificates, routes, course plans and hybrids as paths."""
