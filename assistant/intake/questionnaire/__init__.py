"""What is asked of the applicant, in their language: one page without a network, whose answers only the handler can open."""
