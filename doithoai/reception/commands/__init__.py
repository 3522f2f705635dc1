"""Every write of reception: days planned and held, visits received, refusals."""
