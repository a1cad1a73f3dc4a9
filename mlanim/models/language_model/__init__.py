"""The causal language model of the little tales: how it reads, what it keeps, how it draws."""
