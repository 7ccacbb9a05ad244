"""The files that authors publish, made safe: what each kind may hold, and what is taken out of it."""
