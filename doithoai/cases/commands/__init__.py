"""Every write on submissions and cases, by noun: intake, placing, answering, hearing, ending,
publishing.
"""
